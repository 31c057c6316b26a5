"""The one password of all accounts of the demonstration, printed for everybody."""

PASSWORD = "dudao-demo-2022"
