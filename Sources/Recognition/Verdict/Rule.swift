/// A rule of the engine, by its identifier in `Protocol/recognition.md § Rules`.
public enum Rule: String, CaseIterable, Hashable, Sendable {
    // Phase 0: knowledge
    /// Only what was known, and not older than the limit.
    case r0 = "R0"
    /// A fork of one author: conflict, before anything else.
    case p6a = "P6a"
    // Phase 1: the award
    /// The signature, and the key at signing.
    case g1 = "G1"
    /// The issuer's permission on the day of award.
    case g2 = "G2"
    /// Accreditation as the destination's rule demands.
    case g3 = "G3"
    /// Revoked, annulled, void, suspended.
    case g4 = "G4"
    /// Lapsed awards, unconfirmed tests, old evidence.
    case g5 = "G5"
    /// One person under several names.
    case g6 = "G6"
    // Phase 2: the person and the place
    /// An alert bars the occupation.
    case p2 = "P2"
    /// Not regulated there: free.
    case r10 = "R10"
    /// Regulated: the competent authority is named.
    case r11 = "R11"
    /// Absence of an alert or a later decision is never inferred.
    case r12 = "R12"
    // Phase 3: grounds
    /// An instrument to assess gives a right to assessment.
    case r6 = "R6"
    // Phase 4: precedence
    /// No mandate: advice at most.
    case p1 = "P1"
    /// An individual decision beats general grounds.
    case p3 = "P3"
    /// A general ground that would be better is named beside the decision.
    case p3b = "P3b"
    /// Among general grounds the most favourable.
    case p4 = "P4"
    /// Supersession; the special before the general.
    case p5 = "P5"
    /// Opposite statements of one authority: no side is taken.
    case p6 = "P6"
    // Composition
    /// A third country's recognition is no ground, unless the destination wrote it.
    case c1 = "C1"
    /// Levels compose through one meta-framework, endorsed rows only.
    case c2 = "C2"
    /// Scope is the set of mapped units; a task lies within one award.
    case c3 = "C3"
    /// A premise must be in force, unconditional, its evidence not void.
    case c4 = "C4"
    /// Every link serves the purpose asked.
    case c5 = "C5"
    /// Validity is the intersection of the links.
    case c6 = "C6"
    /// Measured experience is spent once.
    case c7 = "C7"
    /// Conditions of a decision are closed by its authority or by their own text.
    case c8 = "C8"
    /// At most one intermediate country.
    case c9 = "C9"
    // Time
    /// Version, level, accreditation and mandate at the day of award.
    case t1 = "T1"
    /// Statements and requirements on the day asked.
    case t2 = "T2"
    /// Decisions outlive the rule that they rested on and the voiding of their evidence.
    case t3 = "T3"
    /// Windows of dates and times of membership are part of the instrument.
    case t4 = "T4"
    /// Re-levelling is not retroactive.
    case t5 = "T5"
    /// Successor states must attest.
    case t6 = "T6"
    // Refusals of the engine
    /// Nothing found is not a refusal.
    case x1 = "X1"
    /// Advice is not a right.
    case x2 = "X2"
    /// No mandate, no right.
    case x3 = "X3"
    /// No side in a conflict.
    case x4 = "X4"
    /// No safety answer from stale data.
    case x5 = "X5"
    /// No borrowing of purposes.
    case x6 = "X6"
    /// Facts are not guessed.
    case x7 = "X7"
    /// No provisional right after its deadline.
    case x8 = "X8"
    /// No match by title.
    case x9 = "X9"
    /// A refusal without differences is shown as defective.
    case x10 = "X10"
    /// No tacit approval without proof of receipt.
    case x11 = "X11"
    /// Only exhaustive criteria refuse in silence.
    case x12 = "X12"
}
