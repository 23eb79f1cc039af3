import TransparencyLog

/// What nodes send each other, in the bytes that they would send.
enum SimulatedMessage: Sendable {
    case seen([UInt8], log: Int)
    case seenAnswer([UInt8], log: Int, about: SeenRequest)
    case grant([UInt8])
    case granted(NoteSignature, TreeHead)
    case notGranted(size: UInt64, asked: UInt64, TreeHead)
    case addCheckpoint([UInt8], log: Int)
    case cosigned(NoteSignature, TreeHead)
    case knows(size: UInt64, log: Int)
    case pull(log: Int, from: Int)
    case pulled(log: Int, from: Int, entries: [[UInt8]], note: SignedNote)
    case splitView(SplitView, log: Int)
    case successor(SimulatedSuccessor, log: Int)
}
