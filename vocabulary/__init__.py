"""Words that every room speaks: texts in two languages, query states, record families, money, dates, identity,
problems. Standard library only, imports no other room.
"""
