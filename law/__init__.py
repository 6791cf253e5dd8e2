"""The law as code: facts and dates in; amounts, dates and findings out. No clock, no IO."""
