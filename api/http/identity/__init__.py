"""Who asks: tokens of an issuer, keys of other systems, the demo login, and as whom they act."""
