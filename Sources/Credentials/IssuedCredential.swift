public import Cryptography
public import Encoding

/// A credential of one of the kinds that this version knows (`Protocol/credential.md § Claims`,
/// `§ Statements`).
public enum IssuedCredential: Hashable, Sendable {
    case award(QualificationCredential)
    case statement(StatementCredential)

    /// Reads the header and the processed claims of a credential or presentation; its `vct`
    /// says of which kind.
    public init(parsing credential: SDJWT) throws(CredentialError) {
        try credential.issuerJWT.checkType(CredentialFrame.headerTypes)
        let payload = try credential.issuerJWT.claims()
        let type = payload["vct"]?.string ?? ""
        guard !IssuedCredential.isForeign(type) else {
            // What RFC 9901 asks for holds for every kind.
            _ = try credential.processed(payload, plain: SDJWT.plainClaims)
            throw .foreignCredentialType
        }
        if type != QualificationCredential.credentialType,
            StatementCredential.Kind(credentialType: type) != nil
        {
            let claims = try credential.processed(payload, plain: StatementCredential.plainClaims)
            self = .statement(try StatementCredential(parsing: claims))
        } else {
            let claims = try credential.processed(
                payload, plain: QualificationCredential.plainClaims)
            self = .award(try QualificationCredential(parsing: claims))
        }
    }

    /// Whether a `vct` is one of somebody else's kinds.
    private static func isForeign(_ type: String) -> Bool {
        !type.isEmpty && !type.utf8.starts(with: "urn:concord:".utf8)
    }

    public var frame: CredentialFrame {
        switch self {
        case .award(let award): award.frame
        case .statement(let statement): statement.frame
        }
    }

    /// The day on which its issuer must have been allowed to issue it, and which its batch states.
    public var day: CalendarDate {
        switch self {
        case .award(let award): award.awarded
        case .statement(let statement): statement.issued
        }
    }

    /// The claims that every presentation must show.
    public var mandatoryDisclosures: [String] {
        switch self {
        case .award: QualificationCredential.mandatoryDisclosures
        case .statement(let statement): statement.kind.mandatoryDisclosures
        }
    }

    /// All claims, as they were before any was made disclosable.
    public var claims: JSONObject {
        switch self {
        case .award(let award): award.claims
        case .statement(let statement): statement.claims
        }
    }

    private var plainClaims: Set<String> {
        switch self {
        case .award: QualificationCredential.plainClaims
        case .statement: StatementCredential.plainClaims
        }
    }

    /// Issues the credential with every personal claim disclosable.
    ///
    /// Deterministic with the generator. What is issued reads back: claims of a form that this
    /// profile refuses are refused here.
    ///
    /// - Parameter isOpen: for paper: everything stands in the signed part, and nothing can be
    ///   kept back.
    public func issued(
        decoys: Int = 2, isOpen: Bool = false, by key: SigningKey,
        using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> SDJWT {
        let disclosable =
            isOpen ? [] : claims.members.map(\.name).filter { !plainClaims.contains($0) }
        let credential = try SDJWT.issue(
            claims: claims, disclosable: disclosable.map { ClaimPath([.name($0)]) },
            decoys: isOpen ? 0 : decoys, header: ["alg": "EdDSA", "typ": "dc+sd-jwt"], by: key,
            using: &generator)
        _ = try IssuedCredential(parsing: credential)
        return credential
    }
}

extension QualificationCredential {
    /// Issues the award: `IssuedCredential.issued(decoys:by:using:)`.
    public func issued(
        decoys: Int = 2, by key: SigningKey, using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> SDJWT {
        try IssuedCredential.award(self).issued(decoys: decoys, by: key, using: &generator)
    }
}

extension StatementCredential {
    /// Issues the statement: `IssuedCredential.issued(decoys:by:using:)`.
    public func issued(
        decoys: Int = 2, by key: SigningKey, using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> SDJWT {
        try IssuedCredential.statement(self).issued(decoys: decoys, by: key, using: &generator)
    }
}

extension SDJWT {
    /// A presentation of a credential: the claims that its kind must show, those of the names,
    /// nothing else.
    public func presenting(_ claimNames: [String]) throws(CredentialError) -> SDJWT {
        try presenting(paths: claimNames.map { ClaimPath([.name($0)]) })
    }

    /// The same with claims anywhere in it; what is on the way to one is shown as far as needed.
    public func presenting(paths: [ClaimPath]) throws(CredentialError) -> SDJWT {
        let mandatory = try IssuedCredential(parsing: self).mandatoryDisclosures
        return try selecting(paths: mandatory.map { ClaimPath([.name($0)]) } + paths)
    }
}
