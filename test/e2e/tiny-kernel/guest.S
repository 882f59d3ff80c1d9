/* Entered as PVH says: 32-bit protected mode, flat segments. Writes a line to the serial port, then to the
   power-off register of Cloud Hypervisor's ACPI shutdown device. */
	.code32
	.section .text
	.globl _start
_start:
	cld
	movl $message, %esi
	movw $0x3f8, %dx
1:	lodsb
	testb %al, %al
	jz 2f
	outb %al, %dx
	jmp 1b
2:	movw $0x600, %dx
	movb $0x34, %al
	outb %al, %dx
3:	hlt
	jmp 3b
message:
	.asciz "BUILT-GUEST-OK\n"

	.section .note.Xen, "a", @note
	.long 4, 4, 18
	.asciz "Xen"
	.long _start
