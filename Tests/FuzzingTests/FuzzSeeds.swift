import Cases
import Credentials
import Cryptography
import Encoding
import Foundation
import Fuzzing
import Issuance
import Registry
import TestSupport
import TransparencyLog
import Verification

/// Makes the corpus: what our own code writes, in every form.
struct FuzzSeeds {
    private let network: SampleNetwork
    private let file: CredentialFile
    private let dossier: Dossier

    init() throws {
        (network, file) = try SampleNetwork.standard()
        dossier = try network.dossier(file)
    }

    func anchor() throws -> [UInt8] { try network.anchor().serialized }

    /// The files of a target by their names.
    func files(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        switch target {
        case .json:
            [
                ("claims.json", file.credential.issuerJWT.payload),
                ("anchor.json", try anchor()),
                (
                    "escapes.json",
                    Array(#"{"a":["\u00e9\ud83d\ude00\"\\",-0,[],{}],"b":null}"#.utf8)
                ),
            ]
        case .jws:
            [
                ("credential.jws", file.credential.issuerSignedBytes),
                ("list.jws", try SampleNetwork.token(key: centre).serialized),
            ]
        case .sdJWT: try credentials()
        case .note:
            [
                ("checkpoint.note", dossier.logs[0].checkpoint.serialized),
                ("entry.note", dossier.logs[1].items[3].entry.serialized),
                ("extract.note", dossier.extract?.serialized ?? []),
            ]
        case .statusList:
            try [1, 2, 8].map { bits in
                (
                    "list-\(bits).jwt",
                    try SampleNetwork.token([3: .invalid], key: centre, bits: bits).serialized
                )
            }
        case .paperCode: [("code.txt", Array(try PaperCode(paper()).text.utf8))]
        case .dossier:
            [
                ("honest.json", dossier.serialized),
                ("presentation.txt", Array(presentation.utf8)),
            ]
        case .csv:
            [
                ("commas.csv", Array("name,year\r\n\"Exemplar, Testina\",1999\r\n".utf8)),
                ("semicolons.csv", Array("sep=;\nname;year\n\"a \"\"b\"\"\nc\";2001\n".utf8)),
                ("tabs.csv", [0xEF, 0xBB, 0xBF] + Array("name\tyear\nJuan\t2000".utf8)),
            ]
        case .cases: try (0..<4).map { ("cases-\($0).json", try cases($0)) }
        }
    }

    /// Six of our own cases, with what they use.
    private func cases(_ number: Int) throws -> [UInt8] {
        let url = RecordedVectors.root.appending(path: "recognition/cases.json")
        let file = try JSONValue(parsing: Array(Data(contentsOf: url)), limits: CaseFile.limits)
        let all = file.object?["cases"]?.array ?? []
        let chosen = stride(from: number * 11, to: all.count, by: all.count / 6).map { all[$0] }
        let fixtures = file.object?["fixtures"]?.array ?? []
        var names = Set(chosen.flatMap { $0.object?["uses"]?.array ?? [] })
        // What an award is of.
        names.formUnion(
            fixtures.filter { names.contains($0.object?["id"] ?? .null) }
                .compactMap { $0.object?["qual"] })
        return JSONValue.object([
            "fixtures": .array(fixtures.filter { names.contains($0.object?["id"] ?? .null) }),
            "cases": .array(chosen),
        ]).serialized
    }

    private var centre: SigningKey {
        get throws { try SampleKeys.signing(SampleNetwork.body) }
    }

    private func credentials() throws -> [(name: String, bytes: [UInt8])] {
        var bound = file
        bound.credential = try file.credential.presenting([]).bound(
            to: "concord:FUZZ", nonce: "Uf9Fc4xnrDlCl_G3pOrc7Q", at: SampleNetwork.now,
            by: try centre)
        let flattened = JSONValue.object(file.credential.flattened).serialized
        return [
            ("compact.txt", file.credential.serialized), ("file.json", file.serialized),
            ("bound.json", bound.serialized), ("flattened.json", flattened),
        ]
    }

    private func paper() throws -> CredentialFile {
        var generator = SeededGenerator(seed: 5)
        let award = try network.award()
        let open = try IssuedCredential.award(award.onPaper(status: award.status))
            .issued(isOpen: true, by: centre, using: &generator)
        return CredentialFile(credential: open, batch: file.batch)
    }

    private var presentation: String {
        ArmoredText.encode(
            PresentationFile([file]).serialized, label: VerificationInput.textLabel)
    }
}
