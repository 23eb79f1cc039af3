/// The formats of this target, as messages name them.
public enum LogFormat: String, Hashable, Sendable {
    case verifierKey = "verifier key"
    case signatureLine = "signature line"
    case note = "signed note"
    case checkpoint
    case tilePath = "tile path"
    case bundlePath = "entry bundle path"
    case bundle = "entry bundle"
    case logProof = "log proof"
    case witnessRequest = "add-checkpoint request"
    case policy = "witness policy"
    case splitView = "split view"
    case frontier
    case lifeMark = "life mark"
    case seenStatement = "statement of what was seen"
    case entryUpload = "add-entries request"
    case uploadProgress = "answer to add-entries"
    case grantRequest = "request for a grant"
}
