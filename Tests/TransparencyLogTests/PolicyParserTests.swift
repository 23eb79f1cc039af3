import TestSupport
import Testing
import TransparencyLog

@Suite struct PolicyParserTests {
    private func refusal(_ text: String) -> LogError? {
        do throws(LogError) {
            _ = try WitnessPolicy(parsing: text)
            return nil
        } catch {
            return error
        }
    }

    private func key(_ number: UInt8) throws -> NoteKey { try SampleLog.witness(number).verifier }

    @Test func readsSpacesTabsAndComments() throws {
        let (a, b) = (try key(1), try key(2))
        let text =
            "# a comment\n\n \t\n\twitness  A\t\(a) \n  # more\nwitness B \(b) u\n"
            + "group \t g   all A B  \n quorum g\n#end\n"
        let policy = try WitnessPolicy(parsing: text)
        #expect(policy.witnesses.map(\.name) == ["A", "B"])
        #expect(policy.witnesses.map(\.url) == [nil, "u"])
        #expect(policy.text == text)
        #expect(!policy.isUnwitnessed)
    }

    @Test func takesNamesForOpaqueBytes() throws {
        let (a, b) = (try key(1), try key(2))
        // K and the Kelvin sign are two names; so are bytes that are no UTF-8.
        let text = "witness K \(a)\nwitness \u{212A} \(b)\ngroup \u{E9} 2 K \u{212A}\n"
        #expect(refusal(text + "quorum \u{E9}\n") == nil)
        #expect(
            refusal(text + "quorum e\u{301}\n") == .policy(.undefinedName, line: 4))
        let bytes =
            Array("witness ".utf8) + [0xFF] + Array(" \(a)\nwitness ".utf8) + [0xFE]
            + Array(" \(b)\nquorum ".utf8) + [0xFE, 0x0A]
        let policy = try WitnessPolicy(parsing: bytes)
        #expect(policy.serialized == bytes)
        #expect(try WitnessPolicy(parsing: "quorum none\n") != policy)
    }

    @Test func acceptsWordsOfTheFormatAsNames() throws {
        let (a, b) = (try key(1), try key(2))
        #expect(
            refusal("witness all \(a)\nwitness 2 \(b)\ngroup any any all 2\nquorum any\n") == nil)
        #expect(refusal("witness quorum \(a)\nquorum quorum\n") == nil)
    }

    @Test func acceptsALogAndAWitnessOfOneKey() throws {
        let log = try SampleLog.signer(101).verifier
        let witness = try key(1)
        #expect(log.key == witness.key)
        #expect(refusal("log \(log)\nwitness w \(witness)\nquorum w\n") == nil)
    }

    @Test func refusesWhatTheFormatForbids() throws {
        let (a, b) = (try key(1), try key(2))
        let log = try SampleLog.signer(1).verifier
        let renamed = try SampleLog.signer(1, name: "other").verifier
        let renamedWitness = try SampleLog.signer(101, name: "other", as: .cosignature).verifier
        let two = "witness A \(a)\nwitness B \(b)\n"
        let cases: [(String, PolicyFault, Int)] = [
            ("", .missingQuorum, 1),
            ("# nothing\n", .missingQuorum, 2),
            ("quorum none", .unterminatedLine, 1),
            ("quorum none\nquorum none\n", .secondQuorum, 2),
            (two + "quorum A\nquorum B\n", .secondQuorum, 4),
            ("quorum A\n", .undefinedName, 1),
            ("quorum A\nwitness A \(a)\n", .undefinedName, 1),
            (two + "group g 1 A C\nquorum g\n", .undefinedName, 3),
            (two + "group g 1 A g\nquorum g\n", .undefinedName, 3),
            (two + "group g 1 A none\nquorum g\n", .reservedName, 3),
            ("witness none \(a)\nquorum none\n", .reservedName, 1),
            (two + "group none all A B\nquorum none\n", .reservedName, 3),
            (two + "witness A \(renamedWitness)\nquorum none\n", .duplicateKey, 3),
            ("witness A \(a)\nwitness A \(b)\nquorum A\n", .duplicateName, 2),
            (two + "group A any B\nquorum A\n", .duplicateName, 3),
            (two + "group g all A A\nquorum g\n", .memberTwice, 3),
            (two + "group g any A\ngroup h any A B\nquorum h\n", .memberTwice, 4),
            (two + "group g 0 A B\nquorum g\n", .threshold(members: 2), 3),
            (two + "group g 3 A B\nquorum g\n", .threshold(members: 2), 3),
            (two + "group g 01 A B\nquorum g\n", .threshold(members: 2), 3),
            (two + "group g -1 A B\nquorum g\n", .threshold(members: 2), 3),
            (two + "group g 18446744073709551617 A B\nquorum g\n", .threshold(members: 2), 3),
            (two + "group g All A B\nquorum g\n", .threshold(members: 2), 3),
            ("log \(log)\nlog \(renamed)\nquorum none\n", .duplicateKey, 2),
            ("log \(a)\nquorum none\n", .badKey, 1),
            ("witness A \(log)\nquorum none\n", .badKey, 1),
            ("log x\nquorum none\n", .badKey, 1),
            ("Log \(log)\nquorum none\n", .unknownKeyword, 1),
            ("mirror x\nquorum none\n", .unknownKeyword, 1),
        ]
        for (text, fault, line) in cases {
            #expect(refusal(text) == .policy(fault, line: line), "\(text)")
        }
        for text in [
            "log\nquorum none\n", "log \(log) u v\nquorum none\n", "witness A\nquorum none\n",
            "witness A \(a) u v\nquorum A\n", two + "group g all\nquorum none\n", "quorum\n",
            "quorum none none\n", "quorum none # nobody\n",
        ] {
            guard case .policy(.wrongItems, _) = refusal(text) else {
                Issue.record("\(text)")
                continue
            }
        }
    }

    @Test(arguments: ["\r", "\u{0}", "\u{B}", "\u{7F}", "\u{1B}"])
    func refusesControlCharacters(character: String) {
        #expect(refusal("quorum none\(character)\n") == .controlCharacter(.policy, at: 11))
        #expect(refusal("# \(character)\nquorum none\n") == .controlCharacter(.policy, at: 2))
    }

    @Test func readsManyWitnessesAndDeepGroups() throws {
        var text = ""
        for number: UInt8 in 0..<120 { text += "witness w\(number) \(try key(number))\n" }
        text += "group g0 any w0\n"
        for number in 1..<120 { text += "group g\(number) all g\(number - 1) w\(number)\n" }
        let policy = try WitnessPolicy(parsing: text + "quorum g119\n")
        #expect(policy.witnesses.count == 120)
        let lines = (0..<1_100).map { "group x\($0) any y\n" }.joined()
        #expect(refusal(lines) == .policy(.undefinedName, line: 1))
        let large = String(repeating: "#\n", count: 600_000)
        #expect(refusal(large) == .tooLarge(.policy, limit: 1 << 20, found: 1_200_000))
    }

    /// Any changed byte either breaks the policy or changes no more than a name or comment.
    @Test func neverLosesAQuorumToAFlippedByte() throws {
        let text = "witness A \(try key(1))\nwitness B \(try key(2))\ngroup g all A B\nquorum g\n"
        let bytes = Array(text.utf8)
        for index in bytes.indices {
            guard let policy = try? WitnessPolicy(parsing: bytes.flipped(at: index)) else {
                continue
            }
            #expect(!policy.isUnwitnessed, "\(index)")
            #expect(policy.witnesses.map(\.key) == [try key(1), try key(2)], "\(index)")
        }
    }
}
