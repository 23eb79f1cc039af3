import Cryptography
import TestSupport
import Testing

@Suite struct RecoveryCodeTests {
    private let key: SigningKey
    private let code: RecoveryCode

    init() throws {
        key = try SampleKeys.signing("recovery")
        code = RecoveryCode(of: key)
    }

    private func typed(_ groups: [String]) -> String { groups.joined(separator: " ") }

    @Test func givesTheKeyBack() throws {
        #expect(code.groups.count == 14)
        #expect(code.groups.allSatisfy { $0.utf8.count == 5 })
        let again = try RecoveryCode(parsing: typed(code.groups))
        #expect(try again.signingKey().verificationKey == key.verificationKey)
    }

    @Test(arguments: 0..<20) func givesEveryKeyBack(_ number: Int) throws {
        let key = try SampleKeys.signing("recovery \(number)")
        let text = typed(RecoveryCode(of: key).groups)
        #expect(
            try RecoveryCode(parsing: text).signingKey().verificationKey == key.verificationKey)
    }

    /// The content of the first groups and their checks, computed by hand from the rule.
    @Test func isWhatTheSpecificationSays() throws {
        let code = RecoveryCode(of: try SigningKey(seed: Array(0..<32)))
        #expect(code.groups.prefix(2) == ["000G0", "40R47"])
    }

    @Test func readsWhatPeopleWrite() throws {
        var text = ""
        for (index, group) in code.groups.enumerated() {
            text += "\(index + 1). \(group.lowercased().replacing("0", with: "o"))"
            text += index.isMultiple(of: 2) ? "\t" : "\n"
        }
        #expect(
            try RecoveryCode(parsing: text).signingKey().verificationKey == key.verificationKey)
    }

    /// Every other sign in every place is found, and in its group.
    @Test func findsOneWrongSignAndItsGroup() throws {
        let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        for (index, group) in code.groups.enumerated() {
            for place in 0..<5 {
                for sign in signs where Array(group)[place] != sign {
                    var changed = Array(group)
                    changed[place] = sign
                    var groups = code.groups
                    groups[index] = String(changed)
                    #expect(throws: CryptographyError.recoveryGroups([index + 1])) {
                        try RecoveryCode(parsing: typed(groups))
                    }
                }
            }
        }
    }

    @Test func findsNeighboursExchanged() throws {
        for (index, group) in code.groups.enumerated() {
            for place in 0..<4 {
                var changed = Array(group)
                changed.swapAt(place, place + 1)
                guard String(changed) != group else { continue }
                var groups = code.groups
                groups[index] = String(changed)
                #expect(throws: CryptographyError.recoveryGroups([index + 1])) {
                    try RecoveryCode(parsing: typed(groups))
                }
            }
        }
    }

    @Test func findsGroupsExchanged() throws {
        for first in 0..<14 {
            for second in (first + 1)..<14 {
                var groups = code.groups
                groups.swapAt(first, second)
                #expect(throws: CryptographyError.recoveryGroups([first + 1, second + 1])) {
                    try RecoveryCode(parsing: typed(groups))
                }
            }
        }
    }

    @Test func refusesGroupsOfTwoSheets() throws {
        let other = RecoveryCode(of: try SampleKeys.signing("another"))
        var groups = code.groups
        groups[4] = other.groups[4]
        #expect(throws: CryptographyError.recoverySum) {
            try RecoveryCode(parsing: typed(groups))
        }
    }

    @Test func countsTheGroups() {
        #expect(throws: CryptographyError.recoveryGroupCount(expected: 14, found: 13)) {
            try RecoveryCode(parsing: typed(code.groups.dropLast()))
        }
        #expect(throws: CryptographyError.recoveryGroupCount(expected: 14, found: 0)) {
            try RecoveryCode(parsing: "")
        }
        var short = code.groups
        short[2].removeLast()
        short[9] += "0"
        #expect(throws: CryptographyError.recoveryGroups([3, 10])) {
            try RecoveryCode(parsing: typed(short))
        }
        #expect("\(CryptographyError.recoveryGroups([3, 10]))".contains("group 3, 10"))
    }
}
