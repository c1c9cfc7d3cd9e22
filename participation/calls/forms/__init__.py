"""Forms of the room: for officers who build calls, for applicants, for assessors."""
