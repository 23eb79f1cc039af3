extension Translation {
    static let filipino = Translation(
        parsing: """
            language = fil
            name = Filipino
            direction = ltr
            review = draft
            """)
}
