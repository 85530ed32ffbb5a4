"""How a case ends: made ready, decided, resolved, settled, reopened, reviewed, appealed."""
