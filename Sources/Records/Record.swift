public import Credentials
public import Encoding

/// A credential as its issuer keeps it: all claims, until the person asks for erasure.
public struct Record: Hashable, Sendable {
    public let id: RecordID
    public let credential: SDJWT
    public let status: StatusReference
    public let issuedAt: Timestamp
    /// Where the credential stands in a log, once its batch is there.
    public let batch: BatchPath?
    /// What the registrar keeps beside it, sealed with it and in no certificate.
    public let kept: JSONObject

    public init(
        id: RecordID, credential: SDJWT, status: StatusReference, issuedAt: Timestamp,
        batch: BatchPath? = nil, kept: JSONObject = JSONObject()
    ) {
        self.id = id
        self.credential = credential
        self.status = status
        self.issuedAt = issuedAt
        self.batch = batch
        self.kept = kept
    }

    /// Whether it is the paper of an award, which keeps nothing back and has a record of its own.
    public var isPaper: Bool { credential.disclosures.isEmpty }

    /// What the person gets.
    public var file: CredentialFile { CredentialFile(credential: credential, batch: batch) }
}

/// What a store says about a record without opening it: nothing about a person.
public struct RecordSummary: Hashable, Sendable {
    /// The place in the order of insertion.
    public let number: Int64
    public let id: RecordID
    public let status: StatusReference
    /// The entry and the leaf of the batch, if it is in a log.
    public let batch: Position?
    public let isErased: Bool

    public struct Position: Hashable, Sendable {
        public let origin: String
        public let entryIndex: UInt64
        public let leafIndex: UInt64
    }
}
