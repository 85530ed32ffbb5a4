"""What the requester hears and says: contacts, notices, promises, documents on file, calls about the service."""
