internal import Encoding

/// The country whose log it is: its names.
public struct CountryProfile: Hashable, Sendable {
    public let country: String
    public let names: LocalizedText

    init(reading reader: inout MemberReader) throws(ParsingError) {
        country = try reader.string("country")
        names = try LocalizedText(reading: &reader, "names")
    }
}
