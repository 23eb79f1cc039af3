import Credentials
import Encoding
import Registry

/// What allows an issuer to issue a credential: an accreditation, or a mandate of its own.
enum IssuerGround {
    case accreditation(StandingAccreditation)
    case mandate(Mandate)

    /// The issuer as whoever allowed it calls it.
    var name: String {
        switch self {
        case .accreditation(let item): item.accreditation.names.text(in: [])
        case .mandate(let mandate): mandate.names.text(in: [])
        }
    }

    var accreditation: StandingAccreditation? {
        if case .accreditation(let item) = self { item } else { nil }
    }

    var period: Period {
        switch self {
        case .accreditation(let item): item.accreditation.period
        case .mandate(let mandate): mandate.period
        }
    }

    /// Days after which a batch proves nothing about the day of its credentials.
    var loggingDays: Int64 {
        switch self {
        case .accreditation(let item): item.accreditation.loggingDays
        case .mandate: 30
        }
    }

    var allowsArchive: Bool {
        if case .accreditation(let item) = self { item.accreditation.allowsArchive } else { false }
    }
}

extension IssuedCredential {
    var isAward: Bool { if case .award = self { true } else { false } }

    var isArchiveConfirmation: Bool {
        if case .award(let award) = self { award.archive != nil } else { false }
    }
}
