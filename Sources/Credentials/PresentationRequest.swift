internal import Cryptography
public import Encoding

/// What a verifier asks a holder to present, why, and the challenge to sign
/// (`Protocol/presentation.md § Request`).
///
/// The text of a signed note; who signed it is checked by whoever opens the note.
public struct PresentationRequest: Hashable, Sendable {
    /// Why it is asked: for which country, purpose and target. It tells the holder what
    /// the answer will be used for, and decides nothing.
    public struct Question: Hashable, Sendable {
        /// ISO 3166-1 or -2.
        public let destination: String
        /// A purpose of `Protocol/recognition.md`.
        public let purpose: String?
        /// A code of ISCO-08.
        public let occupation: String?
        public let sector: String?
        /// The id of a qualification.
        public let targetQualification: String?

        /// - Precondition: the values have the form that `init(parsing:)` asks for.
        public init(
            destination: String, purpose: String? = nil, occupation: String? = nil,
            sector: String? = nil, targetQualification: String? = nil
        ) {
            self.destination = destination
            self.purpose = purpose
            self.occupation = occupation
            self.sector = sector
            self.targetQualification = targetQualification
        }
    }

    /// 128 random bits in hexadecimal.
    public let id: String
    /// Who asks: what the page of requests makes of the asker's key.
    public let audience: String
    /// At least 128 random bits in base64url; spent by one answer.
    public let nonce: String
    /// The last moment at which an answer counts.
    public let expires: Timestamp
    /// The claims to show, beyond those that are always shown.
    public let ask: [ClaimPath]
    public let question: Question?

    public static let type = "request"
    public static let sizeLimit = 16_384
    static let askLimit = 64
    static let pathLimit = 16

    /// A new request with a random id and nonce.
    public init(
        audience: String, expires: Timestamp, ask: [ClaimPath], question: Question? = nil,
        using generator: inout some RandomNumberGenerator
    ) {
        id = Hexadecimal.encode([UInt8].random(count: 16, using: &generator))
        nonce = Base64.url.encode([UInt8].random(count: 16, using: &generator))
        self.audience = audience
        self.expires = expires
        self.ask = ask
        self.question = question
    }

    public init(parsing bytes: [UInt8]) throws(CredentialError) {
        guard bytes.count <= PresentationRequest.sizeLimit else {
            throw .tooLarge(.request, limit: PresentationRequest.sizeLimit, found: bytes.count)
        }
        do throws(ParsingError) {
            var reader = try MemberReader(JSONValue(parsing: bytes), at: "")
            guard try reader.string("type") == PresentationRequest.type else {
                throw .wrongForm(path: "type", expected: "request")
            }
            id = try reader.string("id")
            guard id.utf8.count == 32, Hexadecimal.decode(id) != nil else {
                throw .wrongForm(path: "id", expected: "32 lowercase hexadecimal digits")
            }
            audience = try reader.string("audience")
            guard ClaimReader.isName(audience) else {
                throw .wrongForm(path: "audience", expected: "1 to 200 visible ASCII characters")
            }
            nonce = try reader.string("nonce")
            guard let random = Base64.url.decode(nonce), (16...64).contains(random.count) else {
                throw .wrongForm(path: "nonce", expected: "16 to 64 bytes in base64url")
            }
            guard let expires = Timestamp(parsing: try reader.string("expires")) else {
                throw .wrongForm(path: "expires", expected: "a time such as 2026-11-23T20:45:00Z")
            }
            self.expires = expires
            ask = try PresentationRequest.paths(&reader)
            var question = try reader.optionalReader("question")
            self.question = try question?.readRequestQuestion()
            try reader.finish()
        } catch { throw .json(.request, error) }
    }

    private static func paths(_ reader: inout MemberReader) throws(ParsingError) -> [ClaimPath] {
        let elements = try reader.array("ask")
        guard elements.count <= askLimit else {
            throw .wrongForm(path: "ask", expected: "at most \(askLimit) claims")
        }
        var paths: [ClaimPath] = []
        for (index, element) in elements.enumerated() {
            guard let path = ClaimPath(asked: element), !paths.contains(path) else {
                throw .wrongForm(
                    path: "ask[\(index)]",
                    expected: "a name of 1 to 200 bytes or an array of at most \(pathLimit) names "
                        + "and positions, each once")
            }
            paths.append(path)
        }
        return paths
    }

    /// One line of JSON and a newline: the text of a note.
    public var serialized: [UInt8] {
        var object: JSONObject = [
            "type": .string(PresentationRequest.type), "id": .string(id),
            "audience": .string(audience), "nonce": .string(nonce),
            "expires": .string(expires.description), "ask": .array(ask.map(\.asked)),
        ]
        if let question {
            var members: JSONObject = ["for": .string(question.destination)]
            members["purpose"] = question.purpose.map(JSONValue.string)
            members["occupation"] = question.occupation.map(JSONValue.string)
            members["sector"] = question.sector.map(JSONValue.string)
            members["qualification"] = question.targetQualification.map(JSONValue.string)
            object["question"] = .object(members)
        }
        return JSONValue.object(object).serialized + [0x0A]
    }

    /// The challenge that an answer must have signed.
    public func challenge(from earliest: Timestamp) -> KeyBindingChallenge {
        KeyBindingChallenge(
            audience: audience, nonce: nonce, window: min(earliest, expires)...expires)
    }
}

extension MemberReader {
    fileprivate mutating func readRequestQuestion()
        throws(ParsingError) -> PresentationRequest.Question
    {
        let destination = try string("for")
        let parts = destination.utf8.split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts[0].count == 2,
            parts[0].allSatisfy({ (0x41...0x5A).contains($0) }),
            parts.count == 1 || (1...3).contains(parts[1].count),
            ClaimReader.isName(destination)
        else {
            throw .wrongForm(path: child("for"), expected: "a country such as DE, or CA-QC")
        }
        let purpose = try optionalName("purpose")
        let occupation = try optionalString("occupation")
        if let occupation {
            guard (1...4).contains(occupation.utf8.count),
                occupation.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else {
                throw .wrongForm(
                    path: child("occupation"), expected: "a code of ISCO-08 such as 7212")
            }
        }
        let sector = try optionalName("sector")
        let qualification = try optionalName("qualification")
        try finish()
        return PresentationRequest.Question(
            destination: destination, purpose: purpose, occupation: occupation, sector: sector,
            targetQualification: qualification)
    }

    private mutating func optionalName(_ member: String) throws(ParsingError) -> String? {
        let name = try optionalString(member)
        if let name, !ClaimReader.isName(name) {
            throw .wrongForm(path: child(member), expected: "1 to 200 visible ASCII characters")
        }
        return name
    }
}
