"""Notices: what happened, told to whom it concerns, in the app, by mail and to robots of group chats."""
