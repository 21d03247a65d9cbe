"""账号: users and their posts; decides each request's reach."""
