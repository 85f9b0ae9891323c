"""The verbs of `rj rights`: what people ask about their data, breaches, and requests for notes."""
