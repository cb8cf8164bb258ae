"""Food tables that people download: Frida, USDA FoodData Central and SR, Ciqual."""

from calciroute.intake.importers.imported import ImportedAmount, ImportedFood, ImportedTable
from calciroute.intake.importers.layouts import read_food_table

__all__ = ["ImportedAmount", "ImportedFood", "ImportedTable", "read_food_table"]
