"""Profiles: what a kind of unit reports, as data.

>>> from pathlib import Path
>>> profile = load_profile(Path.cwd(), "nasional")
>>> profile.chain
('nasional',)
>>> profile.sumber["ikpa"].judul
'Nilai IKPA bulanan'
"""

from pp39.profile.fields import schemas
from pp39.profile.files import Fault, profile_names
from pp39.profile.functions import function
from pp39.profile.model import Profil
from pp39.profile.profile import Profile, ProfileError, load_profile
from pp39.profile.source import Sumber

__all__ = [
    "Fault",
    "Profil",
    "Profile",
    "ProfileError",
    "Sumber",
    "function",
    "load_profile",
    "profile_names",
    "schemas",
]
