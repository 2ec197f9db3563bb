"""The types that flow through policybot, from a staff file to an answer in a chat.

All are frozen and slotted, hold tuples, and know no library.
documents: what an office publishes · questions: what is asked, found and shown ·
judgements: what is measured.
"""
