# embed.awk - writes the assembler file that puts the named files into the binary, as the table
# embedded_files of base/embedded.h. Input: one path a line.
{ path[NR] = $0 }
END {
    print "    .section .rodata"
    for (i = 1; i <= NR; i++) {
        printf "path_%d: .asciz \"%s\"\n", i, path[i]
        printf "text_%d: .incbin \"%s\"\nend_%d: .byte 0\n", i, path[i], i
    }
    print "    .section .data.rel.ro, \"aw\""
    print "    .balign 8\n    .globl embedded_files\nembedded_files:"
    for (i = 1; i <= NR; i++)
        printf "    .quad path_%d, text_%d, end_%d - text_%d\n", i, i, i, i
    print "    .quad 0, 0, 0"
    print "    .section .note.GNU-stack, \"\", @progbits"
}
