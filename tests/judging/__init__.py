"""Measuring tools that share nothing with what they judge: own ears, own eyes, own reader."""
