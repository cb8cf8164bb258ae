"""Food tables that people download: Frida, USDA FoodData Central and SR, Ciqual. Starts at `layouts`."""
