"""An inquiry's file: what an ombudsman asks first, answered from entries."""
