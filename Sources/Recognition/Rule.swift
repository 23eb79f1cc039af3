/// A rule of the engine, by its identifier in `Protocol/recognition.md § Rules`.
public enum Rule: String, Hashable, Sendable {
    /// A lapsed award does not serve a purpose that needs a current one.
    case g5 = "G5"
    /// Not regulated there: free.
    case r10 = "R10"
    /// Regulated: the competent authority is named.
    case r11 = "R11"
    /// Absence of an alert or a later decision is never inferred.
    case r12 = "R12"
    /// An instrument to assess gives a right to assessment.
    case r6 = "R6"
    /// No mandate: advice at most.
    case p1 = "P1"
    /// Among general grounds the most favourable.
    case p4 = "P4"
    /// Opposite statements of one authority: no side is taken.
    case p6 = "P6"
    /// Versions as of the award date.
    case t1 = "T1"
    /// Statements as of the day asked.
    case t2 = "T2"
    /// Scope is the set of mapped units.
    case c3 = "C3"
    /// Nothing found is not a refusal.
    case x1 = "X1"
    /// Facts are not guessed.
    case x7 = "X7"
    /// A refusal without differences is shown as defective.
    case x10 = "X10"
    /// Exhaustive criteria that are not met refuse.
    case x12 = "X12"
}
