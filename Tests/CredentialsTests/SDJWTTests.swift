import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("SD-JWT")
struct SDJWTTests {
    let key: SigningKey
    var generator = SeededGenerator(seed: 21)

    init() { key = SigningKey.generated(using: &generator) }

    /// A signed payload with disclosures of our own making.
    func made(_ payload: String, _ disclosures: [String] = []) throws -> SDJWT {
        let jwt = JSONWebSignature.signed(header: [:], payload: payload.bytes, by: key)
        let parts = disclosures.map { Base64.url.encode($0.bytes) + "~" }.joined()
        return try SDJWT(parsing: jwt.compact + "~\(parts)".bytes)
    }

    func digest(_ disclosure: String) -> String {
        Base64.url.encode(HashValue(of: Base64.url.encode(disclosure.bytes).bytes).bytes)
    }

    func code(_ body: () throws -> Void) -> String? {
        #expect(throws: CredentialError.self, performing: body)?.code
    }

    @Test func putsDisclosuresInPlace() throws {
        let inner = #"["s","b",2]"#
        let outer = #"["s","o",{"a":1,"_sd":["\#(digest(inner))"]}]"#
        let element = #"["s",[true]]"#
        let payload = """
            {"x":null,"_sd":["\(digest(outer))","decoy"],"_sd_alg":"sha-256",\
            "l":[0,{"...":"\(digest(element))"},{"...":"decoy 2"},9]}
            """
        let claims = try made(payload, [inner, outer, element]).processed()
        #expect(
            claims.object == ["x": .null, "l": [0, [true], 9], "o": ["a": 1, "b": 2]] as JSONObject)
        #expect(claims.disclosedNames == ["o"])
    }

    @Test func refusesEachBrokenRule() throws {
        let named = #"["s","n",1]"#
        let element = #"["s",1]"#
        let (n, e) = (digest(named), digest(element))
        let cases: [(String, String, [String])] = [
            ("repeated-digest", #"{"_sd":["\#(n)","\#(n)"]}"#, []),
            ("repeated-digest", #"{"_sd":["\#(n)"],"o":{"_sd":["\#(n)"]}}"#, [named]),
            ("repeated-digest", #"{"_sd":["x"],"l":[{"...":"x"}]}"#, []),
            ("unreferenced-disclosure", #"{"_sd":["\#(n)"]}"#, [element]),
            ("repeated-disclosure", #"{"_sd":["\#(n)"]}"#, [named, named]),
            ("claim-name-collision", #"{"n":0,"_sd":["\#(n)"]}"#, [named]),
            ("disclosure-in-wrong-place", #"{"_sd":["\#(e)"]}"#, [element]),
            ("disclosure-in-wrong-place", #"{"l":[{"...":"\#(n)"}]}"#, [named]),
            ("malformed-digests", #"{"_sd":"\#(n)"}"#, [named]),
            ("malformed-digests", #"{"_sd":[7]}"#, []),
            ("malformed-digests", #"{"l":[{"...":7}]}"#, []),
            ("reserved-name", #"{"l":[{"...":"x","y":1}]}"#, []),
            ("reserved-name", #"{"...":"x"}"#, []),
            ("reserved-name", #"{"o":{"_sd_alg":"sha-256"}}"#, []),
            ("unsupported-hash-algorithm", #"{"_sd_alg":"sha-512"}"#, []),
            ("unsupported-hash-algorithm", #"{"_sd_alg":7}"#, []),
            ("malformed-json", #"{"a":1,"a":1}"#, []),
            ("malformed-json", #"[]"#, []),
            ("claim-must-be-plain", #"{"cnf":{"_sd":["\#(n)"]}}"#, [named]),
            ("claim-must-be-plain", #"{"status":{"_sd":["\#(n)"]}}"#, []),
        ]
        for (expected, payload, disclosures) in cases {
            let found = code { _ = try made(payload, disclosures).processed() }
            #expect(found == expected, "\(payload)")
        }
    }

    @Test(arguments: SDJWT.plainClaims)
    func refusesClaimThatMustBePlain(_ name: String) throws {
        let disclosure = #"["s","\#(name)","x"]"#
        let credential = try made(#"{"_sd":["\#(digest(disclosure))"]}"#, [disclosure])
        #expect(code { _ = try credential.processed() } == "claim-must-be-plain")
        var generator = generator
        #expect(
            code {
                _ = try SDJWT.issue(
                    claims: [name: "x"], disclosable: [ClaimPath([.name(name)])], header: [:],
                    by: key, using: &generator)
            } == "claim-must-be-plain")
    }

    @Test(arguments: [
        (#"["s","_sd",1]"#, "reserved-name"), (#"["s","...",1]"#, "reserved-name"),
        (#"["s"]"#, "malformed-disclosure"), (#"["s","n",1,2]"#, "malformed-disclosure"),
        (#"[1,"n",1]"#, "malformed-disclosure"), (#"["s",1,1]"#, "malformed-disclosure"),
        (#"{"s":1}"#, "malformed-disclosure"), (#"["s","n",]"#, "malformed-json"),
        ("", "malformed-json"),
    ])
    func refusesDisclosure(_ text: String, expected: String) {
        #expect(code { _ = try made("{}", [text]) } == expected)
    }

    @Test func boundsNestingOverDisclosuresTogether() throws {
        var value = "1"
        var disclosures: [String] = []
        for _ in 0..<30 {
            let disclosure = #"["s","n",\#(value)]"#
            disclosures.append(disclosure)
            value = #"{"_sd":["\#(digest(disclosure))"]}"#
        }
        #expect(code { _ = try made(value, disclosures).processed() } == "too-deep")
    }

    @Test func boundsSizeAndNumber() throws {
        let jwt = JSONWebSignature.signed(header: [:], payload: "{}".bytes, by: key).compact
        let many = [UInt8](repeating: UInt8(ascii: "~"), count: SDJWT.disclosureLimit + 2)
        #expect(code { _ = try SDJWT(parsing: jwt + many) } == "too-many-disclosures")
        let large = [UInt8](repeating: UInt8(ascii: "A"), count: SDJWT.sizeLimit + 1)
        #expect(code { _ = try SDJWT(parsing: large) } == "too-large")
    }

    @Test(arguments: [
        "", "a.b.c", "~", "~~", "e30.e30.AA~~", "e30.e30.AA~x", "{}", "{\"payload\":1}",
    ])
    func refusesText(_ text: String) {
        #expect(throws: CredentialError.self) { try SDJWT(parsing: text.bytes) }
    }

    @Test mutating func readsTheJSONSerialization() throws {
        let issued = try SDJWT.issue(
            claims: ["a": 1, "b": 2], disclosable: ["a"], header: [:], by: key,
            using: &generator)
        let bound = issued.bound(to: "v", nonce: "n", at: SampleAward.now, by: key)
        #expect(try SDJWT(parsing: JSONValue.object(bound.flattened).serialized) == bound)
        var general: JSONObject = ["payload": bound.flattened["payload"] ?? .null]
        var signed = bound.flattened
        signed["payload"] = nil
        general["signatures"] = [.object(signed)]
        #expect(try SDJWT(parsing: JSONValue.object(general).serialized) == bound)
        // A second signature is not looked at, and brings nothing.
        general["signatures"] = [.object(signed), ["protected": "e30", "signature": "AA"]]
        #expect(try SDJWT(parsing: JSONValue.object(general).serialized) == bound)
        general["signatures"] = [.object(signed), .object(signed)]
        #expect(
            code { _ = try SDJWT(parsing: JSONValue.object(general).serialized) }
                == "header-parameter-refused")
        var header = bound.flattened["header"]?.object ?? JSONObject()
        header["alg"] = "none"
        var flattened = bound.flattened
        flattened["header"] = .object(header)
        #expect(
            code { _ = try SDJWT(parsing: JSONValue.object(flattened).serialized) }
                == "header-parameter-repeated")
    }
}
