"""What practice understands, and what it says to any exercise: words, signs of a mistake, hints; nothing but tables."""

import numpy as np

HEDGES = """i i'd think guess say believe suppose maybe perhaps probably surely certainly definitely likely my answer is
it it's its they that this will would should be get gets a an the about around roughly approximately approx ca circa
some nearly almost ok well just one ones to please like only still single""".split()

NOT = "not no never without isn't doesn't won't don't can't cannot isnt doesnt wont dont cant n't".split()

SAME = [  # words and phrases that mean the same as a choice that is among them
    ["yes", "y", "yeah", "yep", "yup", "ja", "oui", "true", "sure",
     "of course", "correct", "absolutely", "always", "can",
     "do", "does", "will", "it will"],
    ["no", "n", "nope", "nah", "nay", "nein", "non", "false", "never", "impossible", "can't", "cannot", "doesn't",
     "won't", "doubt"],
    ["more", "larger", "bigger", "greater", "higher", "rise", "increase", "grow", "up", "go up"],
    ["less", "smaller", "fewer", "lower", "fall", "decrease", "shrink", "drop", "down", "go down", "tiny", "reduce"],
    ["same", "equal", "unchanged", "stay", "identical", "no change", "no difference", "nothing changes", "as before",
     "unaffected", "similar"],
    ["first", "1st", "1", "number one"],
    ["second", "2nd", "2", "number two", "the other"],
    ["third", "3rd", "3"],
    ["error", "exception", "crash", "fail", "ValueError", "TypeError", "raise"],
    ["none", "zero", "0", "nobody", "nothing"],
    ["few", "a few", "a handful", "some", "hardly any"],
    ["most", "almost all", "nearly all", "many", "majority", "all", "more than half"],
    ["fast", "quickly", "rapidly", "strongly"],
    ["slowly", "gradually", "a little", "a bit", "slightly"],
    ["flat", "horizontal", "constant", "level"],
    ["line", "straight", "linear", "identity"],
    ["die", "dead", "death", "killed"],
    ["stall", "stuck", "stand still"],
    ["step", "heaviside", "threshold"],
    ["relu", "rectifier", "rectified linear"],
    ["tanh", "hyperbolic tangent"],
    ["leaky_relu", "leaky", "leakyrelu", "lrelu"],
    ["absolute value", "abs", "absolute", "|x|", "magnitude"],
]  # fmt: skip

NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "fifty": 50, "hundred": 100,
    "thousand": 1000, "million": 1e6, "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3,
    "quarter": 1 / 4, "quarters": 1 / 4, "fourth": 1 / 4, "fifth": 1 / 5, "fifths": 1 / 5, "sixth": 1 / 6,
    "eighth": 1 / 8, "eighths": 1 / 8, "tenth": 1 / 10, "tenths": 1 / 10, "hundredth": 1 / 100, "hundredths": 1 / 100,
    "thousandth": 1 / 1000,  "millionth": 1e-6, "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3,
}  # fmt: skip

SIGNS = str.maketrans({"−": "-", "–": "-", "’": "'", "×": "x"} | dict.fromkeys('≈~$`"'))  # typed, and what is read

TRIMMED = {  # pattern: what it is in a number, in this order
    r"^[a-z]+ *=|\bof it$|\b(?:np|math)\.": "",
    r"per ?cent": "%",
    r"^\s+|\s+$": "",
    r"(?<=\d)[ ,](?=000\b)": "",
    r"(?<=\d),(?=\d)": ".",
    r"\bminus\b": "-",
    r"\bplus\b": "+",
    r"\bdivided by\b|\bover\b|÷": "/",
    r"(?<=[\d)]) *(?:x|times) *(?=[-+\d.(])": "*",
    r"\^": "**",
    r" squared\b": "**2",
    r"\b(?:square )?root of ([\d.]+ ?/ ?[\d.]+)": r"sqrt(\1)",
    r"√|\b(?:square )?root(?: of)?\b": " sqrt ",
    r"^[x=] *(?=[\d.-])|(?<=[\dr]) *(x|times|fold)$": "",
}

OPEN = {"or", "between", "not", "sqrt", "times"}  # words of a text that does not mean the first number in it

SYMPTOMS = [  # part of a complaint, a name that the answer must use for the hint to be true ("" for none), and the hint
    ("gives back None", "print", "It prints its result. `return` hands it over."),
    ("gives back None", "", "Is there a `return` on every way through?"),
    ("truth value", "max", "`max` asks which of two arrays is larger, and there is no one answer. Try np.maximum."),
    ("truth value", "min", "`min` asks which of two arrays is smaller, and there is no one answer. Try np.minimum."),
    ("truth value", "", "Python wants one yes or no, an array has many. np.where asks each; (...) & (...) joins."),
    ("onverted to Python scalars", "math", "The functions of `math` take one number. Use those of numpy."),
    ("onverted to Python scalars", "", "float() and int() take one number, and this array has several."),
    ("must be real number", "math", "The functions of `math` take one number. Use those of numpy."),
    ("OverflowError", "", "e to a large power is more than a number can hold. Ask only for powers that stay small."),
    ("'float' object has no", "", "One plain number has no methods of an array. np.asarray(x) makes one of it."),
    ("'int' object has no", "", "One plain number has no methods of an array. np.asarray(x) makes one of it."),
    ("'bool' object has no", "", "For one plain number a comparison gives True or False, and these have no methods. "
     "np.where takes both, numbers and arrays."),
    ("'float' object is not", "", "Here the input is one plain number: it cannot be indexed or looped over. "
    "np.where takes both."),
    ("'int' object is not", "", "Here the input is one plain number: it cannot be indexed or looped over. np.where "
    "takes both."),
    ("iteration over a 0-d", "", "Here the input is one plain number: there is nothing to loop over. np.where takes "
    "both."),
    ("inhomogeneous", "", "Parts of different shapes do not fit into one array."),
    ("either both or neither", "", "np.where needs both: what stands where the condition holds, and what stands "
    "elsewhere."),
    ("has no len()", "", "Here the input is one plain number: it has no length. np.where takes both."),
    ("'float' object does not support item", "", "Here the input is one plain number: it has no items. np.where "
    "takes both."),
    ("for ^", "", "A power is ** in Python, not ^."),
    ("bitwise_xor", "", "A power is ** in Python, not ^."),
    ("required positional argument", "", "Keep the arguments that the stub has between its brackets."),
    ("positional argument", "", "Keep the arguments that the stub has between its brackets."),
    ("NameError", "", "That name is not known here: a slip of the pen, or an import or a cell that has not been run?"),
    ("UnboundLocalError", "", "On this way through it is used before it has a value."),
    ("RecursionError", "", "It calls itself without end."),
    ("ModuleNotFoundError", "", "numpy, as `np`, is all that is needed."),
    ("AssertionError", "", "It was your own `assert` that said so."),
    ("Cannot cast", "", "An array of whole numbers cannot hold a fraction. Make a new array in place of changing "
    "this one."),
    ("'ellipsis'", "", "There are dots left: replace each `...` by what belongs there."),
    ("'NoneType'", "", "Something in there is None: a function without `return`?"),
    ("'function'", "", "A function stands where its result should: call it, with brackets."),
    ("not callable", "", "Brackets after something that is no function: is a * missing before them, or does a "
    "variable hide the function?"),
    ("could not be broadcast", "", "The shapes do not fit together."),
    ("matmul:", "", "The shapes do not fit: @ needs as many columns on its left as rows on its right."),
    ("not aligned", "", "The shapes do not fit: a product needs as many columns on its left as rows on its right."),
    ("invalid index to scalar", "", "Here there is one plain number: it has no places to ask for with [ ]."),
    ("return arrays must be", "", "A numpy function of two things has got a third one."),
    ("at least one dim", "", "Here the input is one plain number, and that function needs several."),
    ("out of bounds", "", "It looks for a place or an axis that this input does not have."),
    ("out of range", "", "It looks for a place that this input does not have."),
    ("read-only", "", "This input must not be written to. Make a new array."),
    ("not supported between", "", "Two things are compared that have no order: is there a list, a text or a None "
    "among them?"),
    ("unsupported operand", "", "Two things meet that cannot be reckoned with: is there a list, a text or a None "
    "among them?"),
    ("ZeroDivisionError", "", "Here something is divided by 0."),
    ("overflow", "", "A power grows out of what the computer can hold. Ask only for powers that stay small."),
    ("invalid value", "", "0 / 0, infinity minus infinity or the like: that is no number."),
    ("divide by zero", "", "Here something is divided by 0."),
]  # fmt: skip

FORMS = {  # hint: whether a result, beside the right one, has the wrong form; the first that fits is given
    "There are dots left: replace each `...` by what belongs there.": lambda got, want: any(
        part is ... for part in (got if isinstance(got, tuple) else [got])
    ),
    "A comma at the end makes a tuple of one thing: take the comma away.": lambda got, want: (
        isinstance(got, tuple) and len(got) == 1 and not isinstance(want, tuple)
    ),
    "That is text. Give back the number itself, with no quotes around it.": lambda got, want: isinstance(got, str),
    "That is a recipe for numbers, not the numbers: with [ ] in place of ( ), or by list(...), it becomes a list.": (
        lambda got, want: hasattr(got, "__next__")
    ),
    "That is a function. Call it: its input in brackets after its name.": lambda got, want: callable(got),
    "That is complex. Give back a real number.": lambda got, want: (
        any(isinstance(part, complex) for part in (got if isinstance(got, (list, tuple)) else [got]))
    ),
    "Give back all that is asked for, with commas between, and no more.": lambda got, want: (
        isinstance(want, tuple) and not (isinstance(got, tuple) and len(got) == len(want))
    ),
    "One thing is asked for, and several come back.": lambda got, want: (
        isinstance(got, tuple) and not isinstance(want, tuple) and len({getattr(part, "shape", 0) for part in got}) > 1
    ),
    "Numbers are asked for.": lambda got, want: any(
        not isinstance(part, np.ndarray) for part in (got if isinstance(got, tuple) else [got])
    ),
}  # fmt: skip

SHAPES = {  # the same for an array of numbers
    "That is a number in an array of one: take it out, [0] does, or leave the brackets off.": lambda got, want: (
        got.size == want.size == 1 and got.ndim > 0
    ),
    "Rows and columns are swapped.": lambda got, want: (
        got.ndim == 2 and got.T.shape == want.shape and np.allclose(got.T, want) and not np.allclose(want, want.T)
    ),
    "That is one number for all. One for each is asked for.": lambda got, want: got.size == 1 < want.size,
    "One number is asked for.": lambda got, want: want.size == 1 < got.size,
    "The result has another shape than it should have.": lambda got, want: got.shape != want.shape,
}  # fmt: skip

RELATIONS = {  # hint: whether all results of an answer, in one row, stand so to the right ones
    "It gives the same for every input.": lambda got, want: np.ptp(got) == 0 < np.ptp(want) and len(got) > 2,
    "The sign is wrong.": lambda got, want: np.allclose(got, -want),
    "What stands behind the point is cut off: by int(), by //, or by an array of whole numbers.": lambda got, want: (
        np.array_equal(got, np.trunc(want)) or np.array_equal(got, np.floor(want))
    ),
    "It is rounded to whole numbers.": lambda got, want: np.array_equal(got, np.round(want)),
    "It stands upside down: one over it would be right.": lambda got, want: np.allclose(got * want, 1),
    "That is the square of what it should be.": lambda got, want: np.allclose(got, want**2, 1e-5, 0),
    "That is the square root of what it should be.": lambda got, want: np.allclose(got**2, want, 1e-5, 0),
    "Nearly: is something rounded on the way, a constant too short, a step too coarse or too fine?": lambda got, want: (
        np.allclose(got, want, 0.02, 1e-9)
    ),
    "It is right but for a factor, the same for every input.": lambda got, want: (
        len(set(want[want != 0])) > 1 and np.ptp(got[want != 0] / want[want != 0]) < 1e-6 and not np.any(got[want == 0])
    ),
    "It is off by the same amount for every input.": lambda got, want: len(got) > 1 and np.ptp(got - want) < 1e-9,
    "Where the result should be larger, it is smaller: is a sign turned round, or top and bottom swapped?": (
        lambda got, want: np.ptp(got) > 0 < np.ptp(want) and np.all(np.diff(got[np.argsort(want, kind="stable")]) <= 0)
    ),
    "nan is no number: it comes from 0 / 0, infinity minus infinity and the like.": lambda got, want: (
        np.isnan(got).any() and not np.isnan(want).any()
    ),
}  # fmt: skip

PLACES = {  # hint: whether an input is one of those where the answer fails, and no other
    "Only a whole array goes wrong, one number alone is right.": lambda x: np.ndim(x) > 0,
    "Only a table goes wrong.": lambda x: np.ndim(x) == 2,
    "Only one number alone goes wrong, an array is right.": lambda x: np.ndim(x) == 0,
    "Only whole numbers go wrong: an array of whole numbers holds no "
    "others.": lambda x: np.asarray(x).dtype.kind == "i",
}  # fmt: skip

SIDES = {  # the same, number by number
    "It goes wrong at 0, and only there.": lambda x: x == 0,
    "It goes wrong below 0, and only there.": lambda x: x < 0,
    "It goes wrong above 0, and only there.": lambda x: x > 0,
    "It goes wrong far out, and only there.": lambda x: abs(x) > 9,
    "It goes wrong above 1, and only there.": lambda x: x > 1,
    "It goes wrong between 0 and 1, and only there.": lambda x: 0 < x < 1,
}

TYPED = {  # hint: whether numbers that were typed stand so to the right ones
    "The sign is wrong.": lambda got, want: np.allclose(got, -want, 0.005),
    "Near, but not near enough: keep more digits on the way.": lambda got, want: np.allclose(got, want, 0.05),
    "It stands upside down: one over it would be right.": lambda got, want: np.allclose(got * want, 1, 0.005),
    "The point is at the wrong place.": lambda got, want: any(
        np.allclose(got * shift, want, 0.005, 0) for shift in (0.001, 0.01, 0.1, 10, 100, 1000)
    ),
    "The right numbers, in the wrong order.": lambda got, want: np.allclose(got, want[::-1], 0.005),
}  # fmt: skip
