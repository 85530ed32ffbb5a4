"""With whom a case is: routed, confirmed, pulled, handed on, returned, settled by a third."""
