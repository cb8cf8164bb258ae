"""Persons who answer the questions: what each types, by question, entry by entry."""

from calciroute.tables.questions import read_questions

# Everything she knows: nearly every question of the table is asked.
WOMAN = {
    "sex": ["female"],
    "age_years": ["62"],
    "final_menstrual_period_age_years": ["51"],
    "estrogen_therapy": ["yes"],
    "estrogen_therapy_start_age_years": ["52"],
    "weight_kg": ["145 lb"],
    "height_cm": ["5 ft 6"],
    "medicines_any": ["yes"],
    "medicine": ["warfarin 5 mg", "dk", "atorvastatin 20 mg", ""],
    "medicine_use": [None, "no"],
    "INR": ["2.4"],
    "conditions": ["2, osteoporosis"],
    "smoking": ["former"],
    "blood_pressure": ["138/82"],
    "supplements_any": ["yes"],
    "supplement": ["1000 IU D3 tablet", ""],
    "supplement_times": ["daily 08:00 with a meal"],
    "supplement_since": ["2 years"],
    "supplement_adherence": ["9 of 10"],
    "region": ["NL"],
    "stop": ["yes"],
    "change": ["supplement", "food", "habit", "nothing"],
    "change_product": ["180 mcg MK-7 softgel"],
    "change_times": [""],
    "change_adherence": ["90 %"],
    "change_food": [None, "natto"],
    "change_grams": [None, "40"],
    "change_food_times": [None, "every 2 days 08:00"],
    "change_lever": [None, None, "walking"],
    "change_amount": [None, None, "150 min/week"],
    "labs_any": ["yes"],
    "labs_date": ["2026-02-20"],
    "lab": ["25-OH vitamin D 22 ng/mL", ""],
    "scan_any": ["yes"],
    "scan": ["45", ""],
    "scan_date": ["2023-03-01"],
    "bone_any": ["yes"],
    "bone": ["lumbar spine", ""],
    "bone_value": ["T -1.8"],
    "bone_maker": ["Hologic"],
    "bone_date": ["2024-05-06"],
    "diet_any": ["amounts"],
    "K1": ["100 mcg"],
    "MK7": ["2 mcg"],
    "calcium": ["950 mg"],
    "D3": ["120 IU"],
    "sodium": ["2600 mg"],
    "more_any": ["yes"],
    "more_conditions": ["none"],
    "VKORC1": ["AG"],
    "CYP2C9": ["dk"],
    "years": ["0.05"],
    "draws": ["2"],
}
# Nothing but the two that are needed; Enter and "I do not know" everywhere else.
NOTHING_KNOWN = {"sex": ["male"], "age_years": ["70"], "medicines_any": ["no"], "supplements_any": ["no"]}


def asked(shown):
    """The question whose words stand in what was shown last."""
    found = [question for question in read_questions() if question.question in shown]
    return max(found, key=lambda question: shown.rindex(question.question)) if found else None


class Answers:
    """Gives a person's answers one after the other."""

    def __init__(self, texts):
        self._texts = texts
        self._given = {}

    def next(self, question):
        """The answer to a question, in its next entry."""
        if question.id not in self._texts:
            return "" if question.default or question.is_head else "not known"
        texts = [text for text in self._texts[question.id] if text is not None]
        place = self._given.get(question.id, 0)
        self._given[question.id] = place + 1
        return texts[min(place, len(texts) - 1)]
