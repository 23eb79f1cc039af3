import Cryptography
import Testing

@testable import Pages

@Suite struct PageAddressTests {
    static let log = HashValue(of: "a log".utf8)

    static let all: [PageAddress] = [
        .start, .check, .worth, .network, .registry, .search, .frameworks, .recognitions,
        .country("DE"), .qualification("ph.smaw-nc2"), .act(log, 17),
    ]

    @Test(arguments: all)
    func leadsBackToItself(_ address: PageAddress) {
        #expect(PageAddress(path: address.path) == address)
    }

    @Test(arguments: all)
    func hasATwinForPrograms(_ address: PageAddress) {
        let path = address.documentPath
        #expect(path.hasSuffix(".json"))
        #expect(PageAddress(path: String(path.dropLast(5))) == address)
    }

    @Test(arguments: [
        "", "network", "/network/", "/registry/", "/registry/countries/", "/registry/nothing",
        "/registry/acts/00/1", "/registry/acts/x/1", "//", "/check/1",
    ])
    func refusesWhatIsNone(_ path: String) {
        #expect(PageAddress(path: path) == nil)
    }

    @Test func refusesIndexesThatAreNotWrittenPlainly() {
        for index in ["01", "-1", "+1", "18446744073709551616", ""] {
            #expect(PageAddress(path: "/registry/acts/\(Self.log)/\(index)") == nil)
        }
    }

    @Test func encodesWhatPathsReserve() {
        #expect(
            PageAddress.qualification("a/b?c#ä").path
                == "/registry/qualifications/a%2Fb%3Fc%23%C3%A4")
    }
}
