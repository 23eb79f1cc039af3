public import Credentials
public import Encoding
public import Registry
public import TransparencyLog

/// Why there is nothing to judge: the input is not what it claims to be.
public enum VerificationError: Error, Hashable, Sendable {
    case anchor(ParsingError)
    case dossier(ParsingError)
    case dossierEntry(origin: String, RegistryError)
    case dossierProof(origin: String, LogError)
    case dossierLogMissing(origin: String)
    case dossierLogKeyMissing(origin: String)
    case dossierNotWitnessed(origin: String)
    case credential(CredentialError)
    case request(ParsingError)
    case requestNote(LogError)
    case requestNotSigned
    case receipt(ParsingError)
    case watched(ParsingError)
    case receiptNote(LogError)
    case receiptNotSigned
    /// The marks of a presentation as text are there, and what is between them is not whole.
    case text
}

extension VerificationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .anchor(let error): "not an anchor file: \(error)"
        case .dossier(let error): "not a dossier: \(error)"
        case .dossierEntry(let origin, let error):
            "the dossier's entries of \(origin) do not read: \(error)"
        case .dossierProof(let origin, let error):
            "the dossier's proofs of \(origin) do not hold: \(error)"
        case .dossierLogMissing(let origin):
            "expected the log \(origin) in the dossier, found none; ask the holder for a new one"
        case .dossierLogKeyMissing(let origin):
            "expected the act that names the log key of \(origin) in the dossier, found none"
        case .dossierNotWitnessed(let origin):
            "expected a checkpoint of \(origin) that its witnesses cosigned, found one that they "
                + "did not; ask the holder for a new dossier"
        case .credential(let error): "not a credential: \(error)"
        case .request(let error): "not a request: \(error)"
        case .requestNote(let error): "the request's note or key does not read: \(error)"
        case .watched(let error): "not a watched certificate: \(error)"
        case .receipt(let error): "not a receipt: \(error)"
        case .receiptNote(let error): "the receipt's note or key does not read: \(error)"
        case .receiptNotSigned:
            "expected a receipt that is signed by the key beside it, found another signature or "
                + "changed bytes"
        case .text:
            "expected the whole text of a presentation, from its BEGIN line to its END line, found "
                + "a part or changed letters; copy it again"
        case .requestNotSigned:
            "expected a request that is signed by the key whose fingerprint is its audience, found "
                + "another signature or audience; ask for a new request"
        }
    }
}
