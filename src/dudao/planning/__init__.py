"""What lies ahead: forecasts of school places, paces of targets."""
