import Credentials
import Cryptography
import Encoding
import TransparencyLog

/// An awarding body of the throw-away network, with its key and its one status list.
struct AttackedBody: Sendable {
    let id: String
    let key: SigningKey
    let signer: NoteSigner
    /// The act that accredits it.
    private(set) var accreditation: HashValue?

    static let slots = 131_072

    var list: String { "urn:concord:status:\(id):1" }

    init(id: String, key: SigningKey) throws {
        self.id = id
        self.key = key
        signer = try NoteSigner(name: id, key: key, algorithm: .ed25519)
    }

    func accredited(by act: HashValue) -> AttackedBody {
        var body = self
        body.accreditation = act
        return body
    }

    /// An award to a person who does not exist, at a place on the body's list.
    func award(
        to name: String = AttackedBody.person, at index: Int, on day: CalendarDate,
        in country: AttackedCountry, holder: VerificationKey? = nil,
        others: JSONObject = JSONObject()
    ) -> QualificationCredential {
        QualificationCredential(
            issuer: id, country: country.code, qualification: country.qualification,
            version: "1", awarded: day, issuedAt: day.start,
            status: StatusReference(uri: list, index: index),
            holderKey: holder.map { JSONWebKey($0) }, name: name, birthYear: 1999,
            birthdate: CalendarDate(parsing: "1999-01-01"), others: others)
    }

    static let person = "Testina Exemplar"
    static let otherPerson = "Juan Halimbawa"
}
