"""Published rates by period."""


class RateTables: ...
