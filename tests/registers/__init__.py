"""What each command asked of a party, a policy, an import or an access makes happen, refuses, or leaves as it is."""
