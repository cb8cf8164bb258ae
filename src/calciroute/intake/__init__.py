"""What people eat and swallow: products, regimens, plans and diaries."""
