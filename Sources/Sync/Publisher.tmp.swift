public import Storage
public import TransparencyLog
public struct Publisher { public init(database: LogDatabase, origin: String, signer: NoteSigner) {}
 public func publish(_ entries: [NewEntry], expecting: UInt64) throws {} }
