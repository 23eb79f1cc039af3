/// What an entry is good for at its position in its log.
public enum Judgement: Hashable, Sendable {
    /// Made by a key that was mandated for the act.
    case effective
    /// Made by a known author outside its mandate: kept, advice at most.
    case advisory(Objection)
    /// Without any effect; a log that is asked to admit it declines.
    case void(Objection)
}

/// Why an entry has less than full effect.
public enum Objection: String, Hashable, Sendable {
    case wrongOrigin = "wrong-origin"
    case duplicate = "duplicate"
    case unknownKind = "unknown-kind"
    case notSignedByAuthor = "not-signed-by-author"
    case strangeSignature = "strange-signature"
    case outsideMandate = "outside-mandate"
    case accreditationEnded = "accreditation-ended"
    case awardsOutsideAccreditation = "awards-outside-accreditation"
    case unknownAct = "unknown-act"
    case notTheAuthor = "not-the-author"
    case subjectsMissing = "subjects-missing"
    case numberNotHigher = "number-not-higher"
    case wrongNextRoot = "wrong-next-root"
    case final
    case notWitnessed = "not-witnessed"
    case wrongPlace = "wrong-place"
    case keyBeforeItsAct = "key-before-its-act"
    case notByTheNextRoot = "not-by-the-next-root"
}

extension Objection: CustomStringConvertible {
    public var description: String {
        switch self {
        case .wrongOrigin: "it is made for another log"
        case .duplicate: "an entry with this id or this text is already in the log"
        case .unknownKind: "this version does not know its kind or one of its members"
        case .notSignedByAuthor: "no key that was granted to its author signed it"
        case .strangeSignature: "it carries a signature line by a key that is not mandated for it"
        case .outsideMandate: "its author has no mandate for this act, subject and day"
        case .accreditationEnded: "the accreditation of the body has ended"
        case .awardsOutsideAccreditation:
            "its awards lie outside the accredited period or after the logging limit"
        case .unknownAct: "the act that it refers to is not in this log"
        case .notTheAuthor: "only the author of an act, or the root, can end it"
        case .subjectsMissing: "it does not list every subject of the act that it ends"
        case .numberNotHigher: "a list of this id with this or a higher number is already published"
        case .wrongNextRoot: "the new root key is not the one that was committed to"
        case .final: "a withdrawal cannot be withdrawn; make the act anew"
        case .wrongPlace: "a successor stands where its log parts from the one before"
        case .keyBeforeItsAct:
            "a log key signs from the tree on that holds its act, or old proofs would open no more"
        case .notByTheNextRoot:
            "what a log key has signed already is voided only by a root that took over since"
        case .notWitnessed: "no quorum of witnesses has seen it yet"
        }
    }
}
