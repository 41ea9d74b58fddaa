package rrlog.core.machine.riscv.isa;

/**
 * Numbers for the instructions, dense and grouped, so that an interpreter can switch over them.
 *
 * <p>Plain constants instead of an enum, because a switch over an enum costs one more load an
 * instruction.
 */
public final class Op {
  // What is executed in the interpreter's main switch: the interpreter's own, RV64I, M and Zba. C1
  // compares one number after the other, so the order is roughly that of how often a Linux boot
  // executes them.

  /** Not an instruction: nothing is known yet of the one here. */
  public static final int UNDECODED = 0;

  public static final int ADDI = 1;
  public static final int SD = 2;
  public static final int LD = 3;
  public static final int ADD = 4;

  /** Not an instruction: the one here is an entry of translated code. */
  public static final int TRANSLATED = 5;

  public static final int BEQ = 6;
  public static final int BNE = 7;
  public static final int LW = 8;
  public static final int AUIPC = 9;
  public static final int SLLI = 10;
  public static final int JALR = 11;
  public static final int LBU = 12;
  public static final int SW = 13;
  public static final int JAL = 14;
  public static final int ANDI = 15;
  public static final int ADDIW = 16;
  public static final int SRLI = 17;
  public static final int AND = 18;
  public static final int OR = 19;
  public static final int XOR = 20;
  public static final int BLTU = 21;
  public static final int BGEU = 22;
  public static final int LUI = 23;
  public static final int BLT = 24;
  public static final int BGE = 25;
  public static final int SUB = 26;
  public static final int SLLIW = 27;
  public static final int SRLIW = 28;
  public static final int ADDW = 29;

  /** Not an instruction: execution goes on in another page. */
  public static final int NEXT_PAGE = 30;

  /** Not an instruction: the one here lies in two pages. */
  public static final int STRADDLES = 31;

  public static final int SB = 32;
  public static final int SLTU = 33;
  public static final int SUBW = 34;
  public static final int LHU = 35;
  public static final int XORI = 36;
  public static final int SH = 37;
  public static final int SLL = 38;
  public static final int SRL = 39;
  public static final int SRAI = 40;
  public static final int ORI = 41;
  public static final int LWU = 42;
  public static final int SLTIU = 43;
  public static final int MUL = 44;
  public static final int LB = 45;
  public static final int LH = 46;
  public static final int SRAIW = 47;
  public static final int SLT = 48;
  public static final int SRA = 49;
  public static final int SLTI = 50;
  public static final int FENCE = 51;
  public static final int SLLW = 52;
  public static final int SRLW = 53;
  public static final int SRAW = 54;
  public static final int PAUSE = 55;
  public static final int MULH = 56;
  public static final int MULHSU = 57;
  public static final int MULHU = 58;
  public static final int DIV = 59;
  public static final int DIVU = 60;
  public static final int REM = 61;
  public static final int REMU = 62;
  public static final int MULW = 63;
  public static final int DIVW = 64;
  public static final int DIVUW = 65;
  public static final int REMW = 66;
  public static final int REMUW = 67;
  public static final int SH1ADD = 68;
  public static final int SH2ADD = 69;
  public static final int SH3ADD = 70;
  public static final int ADD_UW = 71;
  public static final int SH1ADD_UW = 72;
  public static final int SH2ADD_UW = 73;
  public static final int SH3ADD_UW = 74;
  public static final int SLLI_UW = 75;

  /** The first number behind the group above. */
  public static final int HOT_END = 76;

  // Zbb, Zbc, Zbs.
  public static final int ANDN = 76;
  public static final int ORN = 77;
  public static final int XNOR = 78;
  public static final int CLZ = 79;
  public static final int CTZ = 80;
  public static final int CPOP = 81;
  public static final int CLZW = 82;
  public static final int CTZW = 83;

  /** ctzw as QEMU before 10.0 does it; decoding never yields it by itself. */
  public static final int CTZW_BEYOND = 84;

  public static final int CPOPW = 85;
  public static final int MAX = 86;
  public static final int MAXU = 87;
  public static final int MIN = 88;
  public static final int MINU = 89;
  public static final int SEXT_B = 90;
  public static final int SEXT_H = 91;
  public static final int ZEXT_H = 92;
  public static final int ROL = 93;
  public static final int ROR = 94;
  public static final int RORI = 95;
  public static final int ROLW = 96;
  public static final int RORW = 97;
  public static final int RORIW = 98;
  public static final int ORC_B = 99;
  public static final int REV8 = 100;
  public static final int CLMUL = 101;
  public static final int CLMULH = 102;
  public static final int CLMULR = 103;
  public static final int BCLR = 104;
  public static final int BCLRI = 105;
  public static final int BEXT = 106;
  public static final int BEXTI = 107;
  public static final int BINV = 108;
  public static final int BINVI = 109;
  public static final int BSET = 110;
  public static final int BSETI = 111;

  // Zicond, Zbkb, Zbkx.
  public static final int CZERO_EQZ = 112;
  public static final int CZERO_NEZ = 113;
  public static final int PACK = 114;
  public static final int PACKH = 115;
  public static final int PACKW = 116;
  public static final int BREV8 = 117;
  public static final int XPERM4 = 118;
  public static final int XPERM8 = 119;

  /** The first number behind the group above. */
  public static final int BIT_END = 120;

  // A.
  public static final int LR_W = 120;
  public static final int SC_W = 121;
  public static final int AMOSWAP_W = 122;
  public static final int AMOADD_W = 123;
  public static final int AMOXOR_W = 124;
  public static final int AMOAND_W = 125;
  public static final int AMOOR_W = 126;
  public static final int AMOMIN_W = 127;
  public static final int AMOMAX_W = 128;
  public static final int AMOMINU_W = 129;
  public static final int AMOMAXU_W = 130;
  public static final int LR_D = 131;
  public static final int SC_D = 132;
  public static final int AMOSWAP_D = 133;
  public static final int AMOADD_D = 134;
  public static final int AMOXOR_D = 135;
  public static final int AMOAND_D = 136;
  public static final int AMOOR_D = 137;
  public static final int AMOMIN_D = 138;
  public static final int AMOMAX_D = 139;
  public static final int AMOMINU_D = 140;
  public static final int AMOMAXU_D = 141;

  /** The first number behind the group above. */
  public static final int ATOMIC_END = 142;

  // F and D.
  public static final int FLW = 142;
  public static final int FSW = 143;
  public static final int FLD = 144;
  public static final int FSD = 145;
  public static final int FMADD_S = 146;
  public static final int FMSUB_S = 147;
  public static final int FNMSUB_S = 148;
  public static final int FNMADD_S = 149;
  public static final int FADD_S = 150;
  public static final int FSUB_S = 151;
  public static final int FMUL_S = 152;
  public static final int FDIV_S = 153;
  public static final int FSQRT_S = 154;
  public static final int FSGNJ_S = 155;
  public static final int FSGNJN_S = 156;
  public static final int FSGNJX_S = 157;
  public static final int FMIN_S = 158;
  public static final int FMAX_S = 159;
  public static final int FCVT_W_S = 160;
  public static final int FCVT_WU_S = 161;
  public static final int FCVT_L_S = 162;
  public static final int FCVT_LU_S = 163;
  public static final int FMV_X_W = 164;
  public static final int FEQ_S = 165;
  public static final int FLT_S = 166;
  public static final int FLE_S = 167;
  public static final int FCLASS_S = 168;
  public static final int FCVT_S_W = 169;
  public static final int FCVT_S_WU = 170;
  public static final int FCVT_S_L = 171;
  public static final int FCVT_S_LU = 172;
  public static final int FMV_W_X = 173;
  public static final int FMADD_D = 174;
  public static final int FMSUB_D = 175;
  public static final int FNMSUB_D = 176;
  public static final int FNMADD_D = 177;
  public static final int FADD_D = 178;
  public static final int FSUB_D = 179;
  public static final int FMUL_D = 180;
  public static final int FDIV_D = 181;
  public static final int FSQRT_D = 182;
  public static final int FSGNJ_D = 183;
  public static final int FSGNJN_D = 184;
  public static final int FSGNJX_D = 185;
  public static final int FMIN_D = 186;
  public static final int FMAX_D = 187;
  public static final int FCVT_S_D = 188;
  public static final int FCVT_D_S = 189;
  public static final int FEQ_D = 190;
  public static final int FLT_D = 191;
  public static final int FLE_D = 192;
  public static final int FCLASS_D = 193;
  public static final int FCVT_W_D = 194;
  public static final int FCVT_WU_D = 195;
  public static final int FCVT_L_D = 196;
  public static final int FCVT_LU_D = 197;
  public static final int FCVT_D_W = 198;
  public static final int FCVT_D_WU = 199;
  public static final int FCVT_D_L = 200;
  public static final int FCVT_D_LU = 201;
  public static final int FMV_X_D = 202;
  public static final int FMV_D_X = 203;

  // Zfa; first those that write a floating-point register.
  public static final int FLI_S = 204;
  public static final int FMINM_S = 205;
  public static final int FMAXM_S = 206;
  public static final int FROUND_S = 207;
  public static final int FROUNDNX_S = 208;
  public static final int FLI_D = 209;
  public static final int FMINM_D = 210;
  public static final int FMAXM_D = 211;
  public static final int FROUND_D = 212;
  public static final int FROUNDNX_D = 213;
  public static final int FLEQ_S = 214;
  public static final int FLTQ_S = 215;
  public static final int FLEQ_D = 216;
  public static final int FLTQ_D = 217;
  public static final int FCVTMOD_W_D = 218;

  /** The first number behind the group above. */
  public static final int FLOAT_END = 219;

  // Those that may change pc, mode or translation, or trap: executed outside the main loop.
  public static final int ILLEGAL = 219;
  public static final int ECALL = 220;
  public static final int EBREAK = 221;
  public static final int MRET = 222;
  public static final int SRET = 223;
  public static final int WFI = 224;
  public static final int SFENCE_VMA = 225;
  public static final int FENCE_I = 226;
  public static final int CSRRW = 227;
  public static final int CSRRS = 228;
  public static final int CSRRC = 229;
  public static final int CSRRWI = 230;
  public static final int CSRRSI = 231;
  public static final int CSRRCI = 232;

  public static final int HFENCE_VVMA = 233;
  public static final int HFENCE_GVMA = 234;

  // Loads and stores of a virtual machine's memory.
  public static final int HLV_B = 235;
  public static final int HLV_BU = 236;
  public static final int HLV_H = 237;
  public static final int HLV_HU = 238;
  public static final int HLVX_HU = 239;
  public static final int HLV_W = 240;
  public static final int HLV_WU = 241;
  public static final int HLVX_WU = 242;
  public static final int HLV_D = 243;
  public static final int HSV_B = 244;
  public static final int HSV_H = 245;
  public static final int HSV_W = 246;
  public static final int HSV_D = 247;

  // Zicbom, Zicboz, Zawrs.
  public static final int CBO_INVAL = 248;
  public static final int CBO_CLEAN = 249;
  public static final int CBO_FLUSH = 250;
  public static final int CBO_ZERO = 251;
  public static final int WRS_NTO = 252;
  public static final int WRS_STO = 253;

  // Svinval.
  public static final int SINVAL_VMA = 254;
  public static final int SFENCE_W_INVAL = 255;
  public static final int SFENCE_INVAL_IR = 256;
  public static final int HINVAL_VVMA = 257;
  public static final int HINVAL_GVMA = 258;

  /** The first number behind the group above. */
  public static final int SYSTEM_END = 259;

  /** Not an instruction either: somebody wants to know before the one here is executed. */
  public static final int MARKED = 0x1ff;

  private Op() {}

  /** Whether the second operand of a Zbb or Zbs instruction is its immediate. */
  public static boolean hasShiftImmediate(int op) {
    return switch (op) {
      case RORI, RORIW, BCLRI, BEXTI, BINVI, BSETI -> true;
      default -> false;
    };
  }

  /** Whether an instruction is one of F, D or Zfa, and so illegal while mstatus.FS is 0. */
  public static boolean isFloat(int op) {
    return op >= ATOMIC_END && op < FLOAT_END;
  }
}
