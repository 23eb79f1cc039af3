import Credentials
import Cryptography
import Encoding
import Foundation
import Registrar

/// F9, F10, F15 to F19 and F24: who was not allowed to award it, or no longer.
enum IssuerAttacks {
    static let all: [AttackCase] =
        shown + ended + [
            AttackCase(
                "F17-name", "a body whose id begins with that of an accredited one",
                .refused("awarding-body-unknown")
            ) { stage in
                let imposter = try AttackedBody(
                    id: "\(stage.certificates.centre.id).example", key: stage.stranger)
                return try stage.verify(
                    stage.unlogged(by: imposter), as: "f17", by: stage.employer)
            },
            AttackCase(
                "F17-key", "a stranger signs under the id of an accredited body",
                .refused("signature")
            ) { stage in
                let imposter = try AttackedBody(
                    id: stage.certificates.centre.id, key: stage.stranger)
                return try stage.verify(
                    stage.unlogged(by: imposter), as: "f17-key", by: stage.employer)
            },
            AttackCase(
                "F19", "a body that is no longer accredited is asked to issue",
                .refused("not-issued")
            ) { stage in try stage.issueByLapsed() },
            AttackCase(
                "F24-unlogged", "a back-dated certificate with a true signature, in no batch",
                .refused("not-in-batch")
            ) { stage in
                try stage.verify(
                    stage.unlogged(by: stage.certificates.centre), as: "f24", by: stage.employer)
            },
            AttackCase(
                "F24-late", "a certificate that was logged half a year after its day",
                .refused("logged-late"), file: { $0.certificates.late.serialized }),
            AttackCase(
                "F24-void", "of a stretch of time that was declared void", .refused("voided"),
                file: { $0.certificates.voided.serialized }),
        ]

    private static let ended: [AttackCase] = [
        AttackCase(
            "F16", "awarded by a body after its accreditation was withdrawn",
            .refused("accreditation-withdrawn"),
            file: { $0.certificates.afterWithdrawal.serialized }),
        AttackCase(
            "F16-before", "honest, awarded before the withdrawal", .holds,
            file: { $0.certificates.beforeWithdrawal.serialized }),
        AttackCase(
            "F18", "signed with a stolen key after the theft", .refused("key-compromised"),
            file: { $0.certificates.afterTheft.serialized }),
        AttackCase(
            "F18-before", "honest, signed with the same key before the theft", .holds,
            file: { $0.certificates.beforeTheft.serialized }),
    ]

    private static let shown: [AttackCase] = [
        AttackCase(
            "F9", "one failed part among many good ones, and a purpose that needs no licence",
            .refused("accreditation-withdrawn")
        ) { stage in
            try stage.verify(
                stage.certificates.afterWithdrawal.serialized, as: "f9", by: stage.employer,
                ["--for", "XD", "--purpose", "employ"])
        },
        AttackCase(
            "F10", "the text for people of what is undetermined shows no good word",
            .refused("stale")
        ) { stage in
            let file = stage.path("f10.json")
            try Data(stage.certificates.honest.serialized).write(to: URL(filePath: file))
            let text = String(
                decoding: try stage.program.run(["verify", file] + stage.sleeper.source).output,
                as: UTF8.self)
            guard text.contains("\nUNDETERMINED: "), text.contains("[stale]"),
                !text.contains("[ok] logs"), !text.contains("AUTHENTIC")
            else { throw AttackFailure("painted green") }
            return try stage.verify(file, by: stage.sleeper)
        },
        AttackCase(
            "F15", "a body calls itself by a grand name: only its accreditor's is shown", .holds
        ) { stage in
            let answer = try stage.verify(
                stage.certificates.vain.serialized, as: "f15", by: stage.employer)
            guard answer.subject["bodyName"]?.string == "Sample Centre",
                !answer.text.contains("Harvard")
            else { throw AttackFailure("the name was believed") }
            return answer
        },
    ]
}

extension AttackStage {
    /// A certificate that some key signed and no log knows, as of two years ago.
    fileprivate func unlogged(by body: AttackedBody) throws -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let award = body.award(
            at: 50, on: network.now.day.adding(days: -730), in: network.home)
        return CredentialFile(credential: try award.issued(by: body.key, using: &generator))
            .serialized
    }

    /// Runs `concord issue` with the key of the body whose accreditation has ended.
    fileprivate func issueByLapsed() throws -> AttackAnswer {
        let body = certificates.lapsed
        let key = KeyFile(unsealed: body.key, role: "body", name: body.id, isSample: true)
        try Data(key.serialized).write(to: URL(filePath: path("f19.key")))
        let awards: JSONValue = [
            [
                "name": .string(AttackedBody.person), "birth_year": 1999,
                "qualification": .string(network.home.qualification), "version": "1",
                "awarded": .string(network.now.day.description),
            ]
        ]
        _ = try write(awards, as: "f19.awards")
        let size = try network.home.size
        let outcome = try program.run(
            [
                "issue", path("f19.awards"), "--node", network.home.office.node.path, "--key",
                path("f19.key"), "--out", path("f19"),
            ])
        let isIssued = FileManager.default.fileExists(atPath: path("f19/1.json"))
        guard outcome.code == 1, !isIssued, try network.home.size == size else {
            throw AttackFailure("issued, exit \(outcome.code): \(outcome.complaint)")
        }
        return .declined("not-issued")
    }
}
