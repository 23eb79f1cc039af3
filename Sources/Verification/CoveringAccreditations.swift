import Encoding
import Registry

/// The accreditations of an issuer that cover a credential, each with the keys that it gave.
struct CoveringAccreditations {
    let items: [StandingAccreditation]
    private let ownKeys: [IssuerKey?]

    init(_ items: [StandingAccreditation], in state: LogState) {
        self.items = items
        ownKeys = items.map(state.issuerKey(of:))
    }

    var keys: [IssuerKey] { ownKeys.compactMap { $0 } }

    /// Which of them decides: the last whose key signed and that stood when the batch was
    /// logged, else whose key signed, else the last; nil: there is none.
    func decisive(
        _ signature: inout CredentialSignature, _ batch: StandingBatch?
    ) -> Int? {
        var signing: [Int] = []
        for (place, key) in ownKeys.enumerated() where key?.didSign(&signature, in: batch) == true {
            signing.append(place)
        }
        let standing = signing.last { place in
            batch.map {
                items[place].standing.stands(at: $0.logged.index, on: $0.logged.loggedTime.day)
            } ?? true
        }
        return standing ?? signing.last ?? items.indices.last
    }
}
