"""The streams beside cases: people, flow, keeping, integrations, inquiries, disclosures, and what all rest on."""
