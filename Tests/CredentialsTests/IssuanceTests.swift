import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("Issuance")
struct IssuanceTests {
    /// Random claims, and the places where a disclosure may be.
    struct RandomClaims {
        var generator: SeededGenerator
        var paths: [ClaimPath] = []

        mutating func value(at path: ClaimPath, depth: Int) -> JSONValue {
            switch Int.random(in: 0..<(depth > 3 ? 5 : 8), using: &generator) {
            case 0: return .null
            case 1: return .bool(.random(using: &generator))
            case 2: return .integer(.random(in: -9...9, using: &generator))
            case 3: return .decimal("3.14")
            case 4: return .string(String("aäß\"\\\n€😀".shuffled(using: &generator)))
            case 5, 6: return .object(object(at: path, depth: depth + 1))
            default:
                return .array(
                    (0..<Int.random(in: 0...4, using: &generator)).map { index in
                        let path = ClaimPath(path.components + [.index(index)])
                        paths.append(path)
                        return value(at: path, depth: depth + 1)
                    })
            }
        }

        mutating func object(at path: ClaimPath, depth: Int) -> JSONObject {
            let names = ["a", "b", "é", "e\u{301}", "", "...x", "_s"].prefix(
                Int.random(in: 0...7, using: &generator))
            return JSONObject(
                names.map { name in
                    let path = ClaimPath(path.components + [.name(name)])
                    paths.append(path)
                    return JSONObject.Member(name, value(at: path, depth: depth + 1))
                })
        }

        mutating func some(of paths: [ClaimPath]) -> [ClaimPath] {
            let share = Int.random(in: 0...4, using: &generator)
            return paths.filter { _ in Int.random(in: 0..<4, using: &generator) < share }
        }
    }

    /// What is left of the claims, written without SD-JWT: the slow reference.
    static func expected(
        _ value: JSONValue, at path: [ClaimPath.Component],
        _ isKept: ([ClaimPath.Component]) -> Bool
    ) -> JSONValue {
        switch value {
        case .object(let object):
            .object(
                JSONObject(
                    object.members.compactMap { member in
                        let path = path + [.name(member.name)]
                        return isKept(path)
                            ? JSONObject.Member(
                                member.name, expected(member.value, at: path, isKept)) : nil
                    }))
        case .array(let elements):
            .array(
                elements.enumerated().compactMap { index, element in
                    let path = path + [.index(index)]
                    return isKept(path) ? expected(element, at: path, isKept) : nil
                })
        default: value
        }
    }

    @Test(arguments: UInt64(0)..<400)
    func givesExactlyWhatIsSelected(_ seed: UInt64) throws {
        var random = RandomClaims(generator: SeededGenerator(seed: seed))
        let key = SigningKey.generated(using: &random.generator)
        let claims = random.object(at: ClaimPath(), depth: 0)
        let disclosable = Array(random.some(of: random.paths).prefix(SDJWT.disclosureLimit))
        let selected = random.some(of: random.paths)
        let issued = try SDJWT.issue(
            claims: claims, disclosable: disclosable,
            decoys: Int.random(in: 0...3, using: &random.generator), header: [:], by: key,
            using: &random.generator)
        let read = try SDJWT(parsing: issued.serialized)
        #expect(read.disclosures.count == disclosable.count)
        #expect(
            try JSONValue.object(read.processed().object).sorted == JSONValue.object(claims).sorted)

        let presented = try SDJWT(parsing: read.selecting(paths: selected).serialized)
        try presented.verify(with: key.verificationKey)
        let expected = IssuanceTests.expected(.object(claims), at: []) { path in
            !disclosable.contains(ClaimPath(path))
                || selected.contains { zip($0.components, path).allSatisfy(==) }
        }
        #expect(
            try JSONValue.object(presented.processed().object).sorted == expected.sorted)
    }

    @Test func isDeterministicWithTheGenerator() throws {
        var first = SampleAward(seed: 5)
        var second = SampleAward(seed: 5)
        #expect(try first.issued() == second.issued())
        #expect(
            try first.issued()
                != second.credential.issued(
                    decoys: 3, by: second.issuer, using: &second.generator))
    }

    @Test func saltsHave128BitsAndDiffer() throws {
        var sample = SampleAward()
        let salts = try sample.issued().disclosures.map(\.salt)
        #expect(salts.allSatisfy { Base64.url.decode($0)?.count == 16 })
        #expect(Set(salts).count == salts.count)
    }

    @Test func decoysHideTheNumberOfClaims() throws {
        var sample = SampleAward()
        let issued = try sample.credential.issued(
            decoys: 9, by: sample.issuer, using: &sample.generator)
        let digests = try JSONValue(parsing: issued.issuerJWT.payload)["_sd"]?.array
        #expect(digests?.count == issued.disclosures.count + 9)
        #expect(digests?.compactMap(\.string) == digests?.compactMap(\.string).sorted())
    }

    /// Nested objects and arrays hide how much they hold as the top does.
    @Test func decoysStandAtEveryLevelThatHoldsDigests() throws {
        var generator = SeededGenerator(seed: 11)
        let key = SigningKey.generated(using: &generator)
        let claims: JSONObject = [
            "course": ["title": "Welding", "grades": [1, 2, 3]], "plain": ["a": 1],
        ]
        let issued = try SDJWT.issue(
            claims: claims, disclosable: [["course", "title"], ["course", "grades", 1]],
            decoys: 4, header: [:], by: key, using: &generator)
        let payload = try JSONValue(parsing: issued.issuerJWT.payload)
        let course = try #require(payload["course"]?.object)
        #expect(payload["_sd"]?.array?.count == 4)
        #expect(course["_sd"]?.array?.count == 1 + 4)
        #expect(course["grades"]?.array?.count == 3 + 4)
        #expect(payload["plain"] == ["a": 1])
        #expect(
            try JSONValue.object(issued.processed().object).sorted
                == JSONValue.object(claims).sorted)
        let shown = try issued.selecting(paths: [["course", "grades", 1]]).processed().object
        #expect(shown["course"]?.object?["grades"] == [1, 2, 3])
        #expect(shown["course"]?.object?["title"] == nil)
        let kept = try issued.selecting(paths: []).processed().object
        #expect(kept["course"]?.object?["grades"] == [1, 3])
    }

    static let refused: [(ClaimPath, JSONObject, String)] = [
        (["x"], ["a": 1], "no-such-claim"),
        (["a", 3], ["a": [1]], "no-such-claim"), (["a"], ["_sd": [], "a": 1], "reserved-name"),
        (["a"], ["a": ["...": "x"]], "reserved-name"),
        (["iss"], ["iss": "x"], "claim-must-be-plain"),
        (["cnf", "jwk"], ["cnf": ["jwk": [:]]], "claim-must-be-plain"),
    ]

    @Test(arguments: refused)
    func refuses(_ path: ClaimPath, claims: JSONObject, code: String) {
        var sample = SampleAward()
        let error = #expect(throws: CredentialError.self) {
            try SDJWT.issue(
                claims: claims, disclosable: [path], header: [:], by: sample.issuer,
                using: &sample.generator)
        }
        #expect(error?.code == code)
    }
}
