"""What is passed to other services and nations: releases by two persons, as frozen STIX 2.1."""
