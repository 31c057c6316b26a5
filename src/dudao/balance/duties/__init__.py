"""Duties that are computed beside balance, one file each: plain figures in, facts that a scheme can score out."""
