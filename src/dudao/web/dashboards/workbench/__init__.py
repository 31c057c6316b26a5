"""工作台: what each role has to do, and where points go."""
