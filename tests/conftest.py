"""What every test shares: a development environment, and no wait for password hashing."""

import os

os.environ["DEBUG"] = "true"
os.environ.pop("SIMULATED_NOW", None)
os.environ.setdefault("MEDIA_ROOT", "/nonexistent-until-a-test-sets-it")
